"""Pages of what a fund tells the public: duties with their clocks, published days, lines and trails as the public sees them."""
