"""The banks that a VietQR code can name: their six-digit BINs (NAPAS) and the names people know them by."""

BANKS = {
    "970400": "Saigonbank",
    "970403": "Sacombank",
    "970405": "Agribank",
    "970406": "DongA Bank (Vikki Bank)",
    "970407": "Techcombank",
    "970408": "GPBank",
    "970409": "Bac A Bank",
    "970410": "Standard Chartered Việt Nam",
    "970412": "PVcomBank",
    "970414": "OceanBank (MBV)",
    "970415": "VietinBank",
    "970416": "ACB",
    "970418": "BIDV",
    "970419": "NCB",
    "970421": "VRB",
    "970422": "MB",
    "970423": "TPBank",
    "970424": "Shinhan Bank Việt Nam",
    "970425": "ABBANK",
    "970426": "MSB",
    "970427": "VietABank",
    "970428": "Nam A Bank",
    "970429": "SCB",
    "970430": "PGBank",
    "970431": "Eximbank",
    "970432": "VPBank",
    "970433": "VietBank",
    "970434": "Indovina Bank",
    "970436": "Vietcombank",
    "970437": "HDBank",
    "970438": "BaoViet Bank",
    "970439": "Public Bank Việt Nam",
    "970440": "SeABank",
    "970441": "VIB",
    "970442": "Hong Leong Việt Nam",
    "970443": "SHB",
    "970444": "CBBank (VCBNeo)",
    "970446": "Co-opBank",
    "970448": "OCB",
    "970449": "LPBank",
    "970452": "KienlongBank",
    "970454": "BVBank",
    "970457": "Woori Việt Nam",
    "970458": "UOB Việt Nam",
}
"""BIN → name. Not complete and not a gate: a code with another BIN is read, its bank is only not named."""


def bank_name(bin_: str) -> str | None:
    """Return the bank's usual name, None for a BIN we do not know."""
    return BANKS.get(bin_)
