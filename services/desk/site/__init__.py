"""The desk's pages: a module a page, each a view made from the read store and its JSON twin. `page.py` serves them."""
