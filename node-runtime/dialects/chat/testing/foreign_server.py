"""A server of the course, as a student would write it: behind a broker, in front of a proxy, beside a reference.

    foreign_server.py --name NAME --codec json|messagepack --serve ADDRESS --publish ADDRESS [--reference ADDRESS]

Keeps everything in memory. Standard output, a JSON map a line: {"rank": ...}, {"servers": ...}, {"served": service}.
It ends when its standard input does.
"""

import argparse
import json
import sys
import time

import msgpack
import zmq

BEAT_EVERY_S = 1.0
REPLY_WITHIN_MS = 5_000

arguments = argparse.ArgumentParser()
arguments.add_argument("--name", required=True)
arguments.add_argument("--codec", choices=["json", "messagepack"], default="messagepack")
arguments.add_argument("--serve", required=True)
arguments.add_argument("--publish", required=True)
arguments.add_argument("--reference")
options = arguments.parse_args()

context = zmq.Context()
clock = 0
users = []
channels = []


def pack(message):
    return json.dumps(message).encode() if options.codec == "json" else msgpack.packb(message)


def unpack(payload):
    return json.loads(payload) if payload[:1] == b"{" else msgpack.unpackb(payload, raw=False)


def say(**line):
    print(json.dumps(line), flush=True)


def stamped(data):
    global clock
    clock += 1
    return {**data, "timestamp": time.time(), "clock": clock}


def learn(data):
    global clock
    if isinstance(data.get("clock"), int):
        clock = max(clock, data["clock"])


def ask_reference(service, data):
    """A fresh socket each time: one that waits for an answer can ask nothing else."""
    socket = context.socket(zmq.REQ)
    socket.setsockopt(zmq.LINGER, 0)
    socket.connect(options.reference)
    socket.send(pack({"service": service, "data": stamped(data)}))
    reply = unpack(socket.recv())["data"] if socket.poll(REPLY_WITHIN_MS) else None
    socket.close()
    if reply is not None:
        learn(reply)
    return reply


def publish(topic, message):
    payload = pack(stamped(message))
    publisher.send_multipart([topic.encode(), payload])
    publisher.send_multipart([b"replica", payload])


def serve(service, data):
    if service == "login":
        if data["user"] not in users:
            users.append(data["user"])
        return {"status": "sucesso"}
    if service == "users":
        return {"users": users}
    if service == "channel":
        if data["channel"] in channels:
            return {"status": "erro", "description": "canal existente"}
        channels.append(data["channel"])
        return {"status": "sucesso"}
    if service == "channels":
        return {"channels": channels}
    if service == "publish":
        if data["channel"] not in channels:
            return {"status": "erro", "message": "canal inexistente"}
        publish(data["channel"], {"user": data["user"], "channel": data["channel"], "message": data["message"]})
        return {"status": "OK"}
    if service == "message":
        if data["dst"] not in users:
            return {"status": "erro", "message": "usuario inexistente"}
        publish(data["dst"], {"src": data["src"], "dst": data["dst"], "message": data["message"]})
        return {"status": "OK"}
    if service == "clock":
        return {"time": time.time()}
    if service == "election":
        return {"election": "OK"}
    return {"status": "erro", "message": "servico desconhecido"}


server = context.socket(zmq.REP)
server.connect(options.serve)
publisher = context.socket(zmq.PUB)
publisher.connect(options.publish)
if options.reference:
    say(rank=ask_reference("rank", {"user": options.name}))
    say(servers=ask_reference("list", {}))
else:
    say(rank=None)

poller = zmq.Poller()
poller.register(sys.stdin.fileno(), zmq.POLLIN)
poller.register(server, zmq.POLLIN)
beaten = time.monotonic()
while True:
    ready = dict(poller.poll(BEAT_EVERY_S * 1_000))
    if sys.stdin.fileno() in ready:
        break
    if options.reference and time.monotonic() - beaten >= BEAT_EVERY_S:
        beaten = time.monotonic()
        ask_reference("heartbeat", {"user": options.name})
    if server in ready:
        request = unpack(server.recv())
        learn(request["data"])
        answer = serve(request["service"], request["data"])
        server.send(pack({"service": request["service"], "data": stamped(answer)}))
        say(served=request["service"])
context.destroy(linger=0)
