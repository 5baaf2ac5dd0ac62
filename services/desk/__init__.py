"""The desk: a read store fed from the topics, and the pages, JSON and event stream made from it. It decides nothing."""
