"""Programs that name the environment which they were installed into."""


def renamed(source, old, new):
    """
    The bytes of a script with the Python of another environment in it; nothing for what names none.
    """
    with open(source, "rb") as file:
        data = file.read()
    if data[:2] == b"#!" and old.encode() in data:
        return data.replace(old.encode(), new.encode())
    return None
