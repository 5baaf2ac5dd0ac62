"""Who looks at the desk and what they may do: sign-in, sessions, and posts that no other site can make."""
