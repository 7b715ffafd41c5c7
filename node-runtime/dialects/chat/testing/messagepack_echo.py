"""Reads maps of MessagePack from stdin, a hex line each, and writes each as JSON and packed again."""
import json
import sys

import msgpack

for line in sys.stdin:
    value = msgpack.unpackb(bytes.fromhex(line.strip()), raw=False, strict_map_key=False)
    print(json.dumps({"read": value, "packed": msgpack.packb(value).hex()}), flush=True)
