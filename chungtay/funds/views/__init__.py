"""Screens of the funds: what a fund holds, its vouchers from draft to payment, its months, and its books."""
