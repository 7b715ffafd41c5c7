"""A client of either dialect, as a student would write it from the text of the assignment.

    foreign_client.py --dialect course|account --codec json|messagepack --ask ADDRESS [--hear ADDRESS]

Standard input, a JSON map a line: {"service": ..., "data": {...}} asks, {"follow": topic} subscribes.
Standard output, a JSON map a line: {"reply": ...}, {"timeout": service}, {"following": topic}, {"heard": [topic, payload]}.
"""

import argparse
import json
import sys
import time

import msgpack
import zmq

REPLY_WITHIN_MS = 5_000

arguments = argparse.ArgumentParser()
arguments.add_argument("--dialect", choices=["course", "account"], default="course")
arguments.add_argument("--codec", choices=["json", "messagepack"], default="messagepack")
arguments.add_argument("--ask", required=True)
arguments.add_argument("--hear")
options = arguments.parse_args()

context = zmq.Context()
clock_field = "clock" if options.dialect == "course" else "lamport_clock"
clock = 0


def pack(message):
    return json.dumps(message).encode() if options.codec == "json" else msgpack.packb(message)


def unpack(payload):
    """Publications may come in the other codec than answers."""
    return json.loads(payload) if payload[:1] in (b"{", b"[") else msgpack.unpackb(payload, raw=False)


def say(**line):
    print(json.dumps(line), flush=True)


def connected():
    socket = context.socket(zmq.REQ)
    socket.setsockopt(zmq.LINGER, 0)
    socket.connect(options.ask)
    return socket


def learn(message):
    """Lamport's rule for what is received."""
    global clock
    data = message.get("data", message) if isinstance(message, dict) else {}
    if isinstance(data, dict) and isinstance(data.get(clock_field), int):
        clock = max(clock, data[clock_field]) + 1


def ask(service, data):
    global asker, clock
    clock += 1
    asker.send(pack({"service": service, "data": {**data, "timestamp": time.time(), clock_field: clock}}))
    if asker.poll(REPLY_WITHIN_MS):
        reply = unpack(asker.recv())
        learn(reply)
        say(reply=reply)
        return
    # A socket that waits for an answer can ask nothing else.
    asker.close()
    asker = connected()
    say(timeout=service)


asker = connected()
hearer = context.socket(zmq.SUB)
hearer.setsockopt(zmq.LINGER, 0)
if options.hear:
    hearer.connect(options.hear)

poller = zmq.Poller()
poller.register(sys.stdin.fileno(), zmq.POLLIN)
poller.register(hearer, zmq.POLLIN)
while True:
    ready = dict(poller.poll())
    if hearer in ready:
        topic, payload = hearer.recv_multipart()
        message = unpack(payload)
        learn(message)
        say(heard=[topic.decode(), message])
    if sys.stdin.fileno() in ready:
        line = sys.stdin.buffer.raw.readline()
        if not line:
            break
        order = json.loads(line)
        if "follow" in order:
            hearer.subscribe(order["follow"])
            say(following=order["follow"])
        else:
            ask(order["service"], order["data"])
context.destroy(linger=0)
