"""Writes a trained model as the files of models/en, and what it answered, for the check in C#.

usage: export.py WORK/model.pt [--to ../models/en] [--check FOLDER] [--data ../../shared/data]

The graph is written node by node: the recurrent layers get their sequence_lens, so that a padded batch reads as single
windows do, and the weights are stored as 8-bit integers with a scale for each row, which the runtime unfolds at load.
The check folder holds the dev sets' words and the scores that the network gave with those same rounded weights, before
export; `bench/README.md` has the command that compares.
"""
import argparse
import json
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "2")
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

import features
import train

FORMAT = 1


def rounded(tensor):
    """Row-wise symmetric int8 -> (integers, scales)."""
    scale = np.maximum(np.abs(tensor).max(axis=1), 1e-8) / 127
    return np.clip(np.rint(tensor / scale[:, None]), -127, 127).astype(np.int8), scale.astype(np.float32)


def round_weights(model):
    """Replaces every matrix by what 8 bits keep of it: what is measured is what is shipped."""
    with torch.no_grad():
        for name, p in model.named_parameters():
            if p.dim() == 2 and name != "follow":
                q, scale = rounded(p.numpy())
                p.copy_(torch.from_numpy(q.astype(np.float32) * scale[:, None]))
        model.follow.copy_((model.follow * 1e4).round() / 1e4)


class Graph:
    def __init__(self):
        self.nodes, self.weights, self.count = [], [], 0

    def __call__(self, op, *inputs, **attributes):
        self.count += 1
        out = f"{op}_{self.count}"
        outputs = attributes.pop("outputs", [out])
        self.nodes.append(helper.make_node(op, list(inputs), outputs, **attributes))
        return outputs[0]

    def constant(self, array, dtype=np.float32):
        self.count += 1
        name = f"c_{self.count}"
        self.weights.append(numpy_helper.from_array(np.asarray(array, dtype=dtype), name))
        return name

    def matrix(self, array):
        """A float matrix, stored as bytes; the rows of `array` have a scale each."""
        q, scale = rounded(array)
        zero = np.zeros(len(scale), np.int8)
        return self("DequantizeLinear", self.constant(q, np.int8), self.constant(scale), self.constant(zero, np.int8), axis=0)

    def linear(self, x, layer):
        w = self("Transpose", self.matrix(layer.weight.detach().numpy()), perm=[1, 0])
        y = self("MatMul", x, w)
        return y if layer.bias is None else self("Add", y, self.constant(layer.bias.detach().numpy()))

    def lstm(self, x, lengths, layer):
        """PyTorch orders the gates i f g o, ONNX i o f c."""
        def gates(t):
            i, f, g, o = t.chunk(4, 0)
            return torch.cat([i, o, f, g], 0).detach().numpy()
        def both(name):
            parts = [self.matrix(gates(getattr(side, name))) for side in (layer.forth, layer.back)]
            return self("Concat", *[self("Unsqueeze", p, self.constant([0], np.int64)) for p in parts], axis=0)
        bias = np.stack([np.concatenate([gates(side.bias_ih_l0), gates(side.bias_hh_l0)]) for side in (layer.forth, layer.back)])
        y = self("LSTM", x, both("weight_ih_l0"), both("weight_hh_l0"), self.constant(bias), lengths,
                 direction="bidirectional", hidden_size=layer.forth.hidden_size)          # time, 2, batch, hidden
        y = self("Transpose", y, perm=[0, 2, 1, 3])
        return self("Reshape", y, self.constant([0, 0, -1], np.int64))

    def finish(self, inputs, outputs, name):
        graph = helper.make_graph(self.nodes, name, inputs, outputs, self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="chancery-training")
        model.ir_version = 8
        onnx.checker.check_model(model)
        return model


def encoder_graph(model, sizes):
    g, act = Graph(), {"alpha": 0.1}
    embedded = []
    for i, (name, table) in enumerate(zip(features.NAMES, model.tables)):
        column = g("Gather", "ids", g.constant(i, np.int64), axis=2)
        embedded.append(g("Gather", g.matrix(table.weight.detach().numpy()), column, axis=0))
    groups = g("Gather", "ids", g.constant(np.arange(len(features.NAMES), len(features.NAMES) + features.GRAMS), np.int64), axis=2)
    embedded.append(g("ReduceSum", g("Gather", g.matrix(model.grams.weight.detach().numpy()), groups, axis=0), g.constant([2], np.int64), keepdims=0))
    x = g.linear(g("Concat", *embedded, axis=2), model.project)
    x = g("LayerNormalization", x, g.constant(model.norm.weight.detach().numpy()), g.constant(model.norm.bias.detach().numpy()), axis=-1, epsilon=model.norm.eps)
    x = g.lstm(g.lstm(x, "lengths", model.first), "lengths", model.second)
    x = g("Transpose", x, perm=[1, 0, 2])
    hidden = lambda layer: g("LeakyRelu", g.linear(x, layer), **act)
    named = lambda name, y: g("Identity", y, outputs=[name])
    named("upos", g.linear(x, model.upos)); named("xpos", g.linear(x, model.xpos))
    dependent, head = hidden(model.dependent), hidden(model.head)
    key = g("MatMul", dependent, g.matrix(model.bilinear.detach().numpy()))
    words = g("Add", g("MatMul", key, g("Transpose", head, perm=[0, 2, 1])), g("Transpose", g.linear(head, model.bias), perm=[0, 2, 1]))
    root = g("MatMul", key, g.constant(model.root.detach().numpy()[:, None]))
    g("Concat", root, words, axis=2, outputs=["arcs"])
    named("rel_dependent", g.linear(x, model.rel_dependent)); named("rel_head", g.linear(x, model.rel_head))
    named("attr", g.linear(hidden(model.attr_hidden), model.attr)); named("names", g.linear(hidden(model.names_hidden), model.names))
    f = lambda name, last: helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "time", last])
    labels = model.rel_root.shape[0]
    return g.finish([helper.make_tensor_value_info("ids", TensorProto.INT32, ["time", "batch", len(features.NAMES) + features.GRAMS]),
                     helper.make_tensor_value_info("lengths", TensorProto.INT32, ["batch"])],
                    [f("upos", sizes["upos"]), f("xpos", sizes["xpos"]), f("arcs", "heads"), f("rel_dependent", labels), f("rel_head", labels),
                     f("attr", sizes["attr"]), f("names", sizes["names"])], "encoder")


def relation_graph(model, sizes):
    """Scores the relations of chosen arcs. heads: the row of `ends` for each row of `dependents`; the last row is the root."""
    g = Graph()
    ends = g("Concat", "rel_head", g.constant(model.rel_root.detach().numpy()[None, :]), axis=0)
    x = g("LeakyRelu", g("Add", "rel_dependent", g("Gather", ends, "heads", axis=0)), alpha=0.1)
    g("Identity", g.linear(x, model.rel), outputs=["rel"])
    labels = model.rel_root.shape[0]
    f = lambda name, last: helper.make_tensor_value_info(name, TensorProto.FLOAT, ["words", last])
    return g.finish([f("rel_dependent", labels), f("rel_head", labels), helper.make_tensor_value_info("heads", TensorProto.INT32, ["words"])],
                    [f("rel", sizes["rel"])], "relations")


def write_check(folder, model, dev, data):
    """For each dev set: the sentences, and every score that decides an answer, as the network gave it."""
    os.makedirs(folder, exist_ok=True)
    for name, documents in dev.items():
        guess = train.predict([model], documents, data)
        with open(os.path.join(folder, name + ".jsonl"), "w", encoding="utf-8") as f:
            for document, truth in zip(guess, documents):
                f.write(json.dumps([{**{k: s[k] for k in ("words", "par", "upos", "xpos", "head", "rel", "names", "attr")},
                                     **({"gold": t["names"]} if name in ("crossner", "uner") else {})} for s, t in zip(document, truth)],
                                   ensure_ascii=False) + "\n")


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("--to", default=os.path.join(here, "..", "models", "en"))
    parser.add_argument("--check")
    parser.add_argument("--data", default=os.path.join(here, "..", "..", "shared", "data"))
    a = parser.parse_args()
    model, saved = train.restore(a.model)
    round_weights(model)
    sizes = train.sizes(saved["words"], saved["labels"])
    os.makedirs(a.to, exist_ok=True)
    onnx.save(encoder_graph(model, sizes), os.path.join(a.to, "encoder.onnx"))
    onnx.save(relation_graph(model, sizes), os.path.join(a.to, "relations.onnx"))
    with open(os.path.join(a.to, "vocabulary.txt"), "w", encoding="utf-8") as f:
        f.write("".join(w + "\n" for w in saved["words"]))
    description = {"format": FORMAT, "language": "en", "features": {"hashedWords": features.HASHED_WORDS, **features.BUCKETS, "groups": features.GRAM_ROWS},
                   "window": features.WINDOW, "follow": [[round(x, 4) for x in row] for row in model.follow.tolist()], "vocabulary": len(saved["words"]), "labels": saved["labels"],
                   "training": {k: saved["config"][k] for k in ("seed", "steps", "workers", "hidden", "batch_words")}}
    with open(os.path.join(a.to, "model.json"), "w", encoding="utf-8") as f:
        json.dump(description, f, indent=1, ensure_ascii=False)
        f.write("\n")
    for name in sorted(os.listdir(a.to)):
        print(name, os.path.getsize(os.path.join(a.to, name)))
    if a.check:
        data = train.Data({w: i for i, w in enumerate(saved["words"])}, saved["labels"])
        dev = train.load_dev(a.data)
        print(json.dumps({"dev": train.measure([model], dev, data)}))
        write_check(a.check, model, dev, data)


if __name__ == "__main__":
    main()
