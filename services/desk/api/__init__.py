"""What machines read of the desk, under /v1: lists, single things, exports, a feed and a stream. It changes nothing."""
