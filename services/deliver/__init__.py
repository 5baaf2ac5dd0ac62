"""deliver: carry each alert to the subscription that wants it, through its channel, until it is there."""
