"""What a person does at the desk, as messages: for the stages that must act on it, and for the record."""
