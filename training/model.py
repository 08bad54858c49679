"""The network: hashed features, two bidirectional LSTM layers, one head for each layer of annotation.

Dozat and Manning (2017) for the arcs; labels from a small perceptron on the two ends of the chosen arc.
"""
import torch
from torch import nn

import features


class Shared(nn.Module):
    """Dropout whose mask is shared by all time steps (Gal and Ghahramani, 2016). Input: time, batch, dimension."""
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        return x * x.new_empty(1, x.shape[1], x.shape[2]).bernoulli_(1 - self.p).div_(1 - self.p)


class BiLstm(nn.Module):
    """Both directions as plain LSTMs; the backward one reads each row reversed, so padding never enters a state."""
    def __init__(self, size_in, hidden):
        super().__init__()
        self.forth, self.back = nn.LSTM(size_in, hidden), nn.LSTM(size_in, hidden)

    def forward(self, x, lengths):
        steps = torch.arange(x.shape[0], device=x.device).unsqueeze(1)
        lengths = lengths.to(x.device)
        reverse = torch.where(steps < lengths, lengths - 1 - steps, steps)

        def flip(y):
            return y.gather(0, reverse.unsqueeze(2).expand(-1, -1, y.shape[2]))
        return torch.cat([self.forth(x)[0], flip(self.back(flip(x))[0])], 2)


class Encoder(nn.Module):
    def __init__(self, config, sizes, known=None, recurrent=BiLstm):
        """
        sizes: rows of each feature's table, and the number of values of upos, xpos, rel, names and attr.
        known: vectors given for words, a row each, that training leaves alone; what it learns of a word is added to them.
        """
        super().__init__()
        c, h = config, 2 * config["hidden"]
        self.drop_learned = config["drop_learned"]
        if known is not None:
            self.register_buffer("known", known)
        self.tables = nn.ModuleList(nn.Embedding(sizes[n], c["features"][n], padding_idx=0) for n in features.NAMES)
        self.grams = nn.Embedding(1 + features.GRAM_ROWS, c["features"]["grams"], padding_idx=0)
        self.project = nn.Linear(sum(c["features"].values()), c["input"])
        self.norm = nn.LayerNorm(c["input"])
        self.first, self.second = recurrent(c["input"], c["hidden"]), recurrent(h, c["hidden"])
        self.drop = Shared(c["dropout"])
        self.upos, self.xpos = nn.Linear(h, sizes["upos"]), nn.Linear(h, sizes["xpos"])
        self.dependent, self.head = nn.Linear(h, c["arcs"]), nn.Linear(h, c["arcs"])
        self.bilinear = nn.Parameter(torch.zeros(c["arcs"], c["arcs"]))
        self.bias = nn.Linear(c["arcs"], 1, bias=False)
        self.root = nn.Parameter(torch.zeros(c["arcs"]))
        self.rel_dependent, self.rel_head = nn.Linear(h, c["labels"]), nn.Linear(h, c["labels"], bias=False)
        self.rel_root = nn.Parameter(torch.zeros(c["labels"]))
        self.rel = nn.Linear(c["labels"], sizes["rel"])
        self.attr_hidden, self.attr = nn.Linear(h, c["tags"]), nn.Linear(c["tags"], sizes["attr"])
        self.names_hidden, self.names = nn.Linear(h, c["tags"]), nn.Linear(c["tags"], sizes["names"])
        self.follow = nn.Parameter(torch.zeros(sizes["names"], sizes["names"]))
        self.act = nn.LeakyReLU(0.1)
        with torch.no_grad():
            for table in [*self.tables, self.grams]:
                table.weight.normal_(0, 0.1)[0].zero_()
            if known is not None:   # a known word begins as its given vector
                self.tables[0].weight[known[:sizes["word"]].any(1)] = 0
            nn.init.orthogonal_(self.bilinear)

    def forward(self, ids, lengths, context=0):
        """
        ids: time, batch, features and letter groups; lengths: batch -> scores, batch first. arcs[b, i, 0] is the root, j + 1 word j.
        context: what else is known of the words, as wide as the input; a teacher has it (teacher.py).
        """
        x = torch.cat([self.words(ids[:, :, 0])] + [table(ids[:, :, i]) for i, table in enumerate(self.tables) if i]
                      + [self.grams(ids[:, :, len(self.tables):]).sum(2)], 2)
        x = self.drop(self.norm(self.project(self.drop(x)) + context))
        x = self.drop(self.first(x, lengths))
        x = self.drop(self.second(x, lengths)).transpose(0, 1)
        drop = lambda y: nn.functional.dropout(self.act(y), 0.33, self.training)
        dependent, head = drop(self.dependent(x)), drop(self.head(x))
        key = dependent @ self.bilinear
        arcs = torch.cat([(key @ self.root).unsqueeze(2), key @ head.transpose(1, 2) + self.bias(head).transpose(1, 2)], 2)
        return {"upos": self.upos(x), "xpos": self.xpos(x), "arcs": arcs, "rel_dependent": self.rel_dependent(x),
                "rel_head": self.rel_head(x), "attr": self.attr(drop(self.attr_hidden(x))),
                "names": self.names(drop(self.names_hidden(x)))}

    def words(self, ids):
        table = self.tables[0]
        if not hasattr(self, "known"):
            return table(ids)
        known, learned = nn.functional.embedding(ids, self.known), table(torch.where(ids < table.num_embeddings, ids, 0))
        if self.training:   # so that a word with nothing but its given vector is no surprise
            keep = (torch.rand(ids.shape, device=ids.device) >= self.drop_learned).unsqueeze(2) | (known == 0).all(2, keepdim=True)
            learned = learned * keep
        return known + learned

    def merge(self):
        """Adds what was learned of words to what was known of them, in one table."""
        whole = self.known.clone()
        whole[:self.tables[0].num_embeddings] += self.tables[0].weight.detach()
        self.tables[0] = nn.Embedding.from_pretrained(whole, freeze=False, padding_idx=0)
        del self.known
        return self

    def relations(self, scores, heads):
        """Label scores for chosen heads (0 root, j + 1 word j): batch, time -> batch, time, relations."""
        ends = scores["rel_head"]
        ends = torch.cat([self.rel_root.expand(ends.shape[0], 1, -1), ends], 1)
        ends = ends.gather(1, heads.unsqueeze(2).expand(-1, -1, ends.shape[2]))
        return self.rel(nn.functional.dropout(self.act(scores["rel_dependent"] + ends), 0.2, self.training))

    def name_sums(self, scores, allowed, sentence):
        """
        The log sum over all name sequences through allowed tags, a linear chain over each sentence.
        scores, allowed: batch, time, tags; sentence: batch, time, the sentence's number or -1 -> batch.
        """
        scores = scores.masked_fill(~allowed, -1e4)
        alpha = scores[:, 0]
        for t in range(1, scores.shape[1]):
            within = (sentence[:, t] == sentence[:, t - 1]).unsqueeze(1)
            # Between sentences nothing follows from anything: all tags of the last word flow together.
            chain = torch.where(within, (alpha.unsqueeze(2) + self.follow).logsumexp(1), alpha.logsumexp(1, keepdim=True))
            alpha = torch.where((sentence[:, t] >= 0).unsqueeze(1), chain + scores[:, t], alpha)
        return alpha.logsumexp(1)
