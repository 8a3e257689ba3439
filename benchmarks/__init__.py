"""What it costs, beside the least that could be called the same job. `make bench` runs them."""
