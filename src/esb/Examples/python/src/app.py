import os


def handler(event, context):
    name = (event.get("pathParameters") or {}).get("name", "everybody")
    return {"message": f"{os.environ['GREETING']}, {name}!"}
