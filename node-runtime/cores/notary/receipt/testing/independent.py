"""Makes a receipt and its policy without a line of Colmeia's: hashlib for the tree, openssl for the signatures.

Prints them as JSON. `independent.contract.test.ts` holds them against ours; `independent.json` is a recorded run.
"""

import atexit
import base64
import hashlib
import json
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile

ORIGIN = "colmeia.local/lab/notary"
MEMBERS, SIZE, INDEX, TIME = 5, 11, 6, 1795225121
folder = pathlib.Path(tempfile.mkdtemp())
atexit.register(shutil.rmtree, folder)


def sha(data):
    return hashlib.sha256(data).digest()


def b64(data):
    return base64.b64encode(data).decode()


def openssl(*words):
    return subprocess.run(["openssl", *words], check=True, capture_output=True).stdout


class Key:
    def __init__(self, name, kind, seed):
        self.name = name
        self.file = folder / f"{kind}-{seed}.pem"
        der = folder / "key.der"
        der.write_bytes(bytes.fromhex("302e020100300506032b657004220420") + bytes([seed]) * 32)
        openssl("pkey", "-inform", "DER", "-in", str(der), "-out", str(self.file))
        public = openssl("pkey", "-in", str(self.file), "-pubout", "-outform", "DER")[-32:]
        self.typed = bytes([kind]) + public
        self.id = sha(name.encode() + b"\n" + self.typed)[:4]

    def vkey(self):
        return f"{self.name}+{self.id.hex()}+{b64(self.typed)}"

    def sign(self, data):
        message = folder / "message"
        message.write_bytes(data)
        return openssl("pkeyutl", "-sign", "-rawin", "-inkey", str(self.file), "-in", str(message))

    def line(self, signature):
        return f"\u2014 {self.name} {b64(self.id + signature)}\n"


def text(value):
    data = value.encode()
    return struct.pack("<I", len(data)) + data


def number(value):
    return struct.pack("<d", value)


def optional(value):
    return b"\0" if value is None else b"\1" + number(value)


def leaf(index):
    document = sha(f"document {index}".encode())
    return b"".join(
        [b"colmeia.notary/leaf/v1\n", document, number(index), b"\1", optional(1000 + index)]
        + [text(f"Contrato n\u00ba {index}"), text("Ana"), number(1795225120538 + index)]
        + [optional(12), text("notary-1"), number(3), number(10 + index)]
        + ([] if index == 0 else [bytes.fromhex("69a6524e277255aa27a02ef68b1ed43f301baf9399d3e37c5d4e698b768c1e8f")])
    )


def root(leaves):
    if len(leaves) == 1:
        return sha(b"\0" + leaves[0])
    half = split(len(leaves))
    return sha(b"\1" + root(leaves[:half]) + root(leaves[half:]))


def path(index, leaves):
    if len(leaves) == 1:
        return []
    half = split(len(leaves))
    if index < half:
        return path(index, leaves[:half]) + [root(leaves[half:])]
    return path(index - half, leaves[half:]) + [root(leaves[:half])]


def split(size):
    return 1 << ((size - 1).bit_length() - 1)


log = Key(ORIGIN, 1, 1)
witnesses = [Key(f"{ORIGIN}/notary-{n}", 4, n + 1) for n in range(1, MEMBERS + 1)]
leaves = [leaf(index) for index in range(SIZE)]
checkpoint = f"{ORIGIN}\n{SIZE}\n{b64(root(leaves))}\n"
cosigned = f"cosignature/v1\ntime {TIME}\n{checkpoint}".encode()
note = checkpoint + "\n" + log.line(log.sign(checkpoint.encode()))
for witness in witnesses[: MEMBERS // 2 + 1]:
    note += witness.line(struct.pack(">Q", TIME) + witness.sign(cosigned))
proof = ["c2sp.org/tlog-proof@v1", f"extra {b64(leaves[INDEX])}", f"index {INDEX}"]
proof += [b64(one) for one in path(INDEX, leaves)]
names = [f"witness-{n}" for n in range(1, MEMBERS + 1)]
policy = [f"log {log.vkey()}"] + [f"witness {n} {w.vkey()}" for n, w in zip(names, witnesses)]
policy += [f"group majority {MEMBERS // 2 + 1} {' '.join(names)}", "quorum majority"]
json.dump(
    {"document": f"document {INDEX}", "receipt": "\n".join(proof) + "\n\n" + note, "policy": "\n".join(policy) + "\n"},
    sys.stdout,
    indent=2,
)
print()
