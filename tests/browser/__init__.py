"""The desk in Debian's Chromium, as people use it. `make test-browser` runs all of it."""
