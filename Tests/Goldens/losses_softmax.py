"""Softmax, logistic, proxy, graded and regularity losses of the original libraries in float64. Writes losses_softmax.json.

Needs pytorch-metric-learning 2.9.0, lightly 1.6.0, sentence-transformers 6.2.0 and open_clip_torch 3.3.0 beside torch 2.13.0.
Where a method has no installable original, the dense formula of its paper is differentiated by PyTorch ("formula").
"""
import json, math, pathlib
import torch
import torch.nn.functional as F

# torchvision's compiled part need not load here; its Python part asks for the names of these operators alone.
try:
    import torchvision  # noqa: F401
except RuntimeError:
    library = torch.library.Library("torchvision", "DEF")
    library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")

torch.set_default_dtype(torch.float64)
result = {}


def gen(n, d, a, b):
    i = torch.arange(n, dtype=torch.float64)[:, None]
    j = torch.arange(d, dtype=torch.float64)[None, :]
    return torch.sin(a * (i * d + j + 1)) + 0.1 * torch.cos(b * (i + 1) * (j + 1))


def put(name, tensor):
    result[name] = {"shape": list(tensor.shape), "values": tensor.detach().double().flatten().tolist()}


def check(name, loss, inputs, expected=None):
    """Keeps a loss with its gradients; `expected` is the value that was measured before, in another session."""
    if expected is not None and abs(loss.item() - expected) > 1e-9:
        raise SystemExit(f"{name}: {loss.item():.10f}, expected {expected:.10f}")
    put(f"{name}.loss", loss)
    for k, gradient in enumerate(torch.autograd.grad(loss, inputs, allow_unused=True)):
        if gradient is not None:
            put(f"{name}.gradient{k}", gradient)


def leaves(*tensors):
    return [t.clone().requires_grad_() for t in tensors]


Z1, Z2, H = gen(6, 5, 0.37, 1.3), gen(6, 5, 0.41, 1.1), gen(6, 5, 0.29, 0.7)
Y = torch.tensor([0, 0, 1, 1, 2, 2])
INSTANCE = torch.arange(6).repeat(2)


def views(function, expected, name, inputs=(Z1, Z2)):
    x = leaves(*inputs)
    check(name, function(*x), x, expected)


def metric_learning():
    from pytorch_metric_learning import losses

    def both(loss, labels):
        return lambda a, b: loss(torch.cat([a, b]), labels)

    views(both(losses.NTXentLoss(0.5), INSTANCE), 1.5716225436, "pml.ntxent.instance.0.5")
    views(both(losses.NTXentLoss(0.07), INSTANCE), 2.9424536365, "pml.ntxent.instance.0.07")
    views(both(losses.NTXentLoss(0.5), Y.repeat(2)), 2.9044488246, "pml.ntxent.class.0.5")
    views(both(losses.SupConLoss(0.1), Y.repeat(2)), 10.0758027623, "pml.supcon.0.1")
    views(lambda a, b: losses.VICRegLoss()(a, ref_emb=b), 12.9012996424, "pml.vicreg")
    # One label occurs once: what each library makes of an anchor without a positive.
    lone = torch.tensor([0, 0, 1, 1, 1, 7])
    x = leaves(Z1)
    check("pml.supcon.lone", losses.SupConLoss(0.1)(x[0], lone), x)
    x = leaves(Z1)
    check("pml.ntxent.lone", losses.NTXentLoss(0.5)(x[0], lone), x)

    proxies, centres = gen(3, 5, 0.53, 0.9), gen(6, 5, 0.47, 0.8)
    proxies4 = gen(4, 5, 0.53, 0.9)  # class 3 has no example in the batch
    put("proxies", proxies), put("proxies4", proxies4), put("centres", centres)

    def classifier(name, loss, weight, attribute, transpose):
        w = weight.t().contiguous() if transpose else weight
        setattr(loss, attribute, torch.nn.Parameter(w.clone()))
        x = leaves(Z1)[0]
        value = loss(x, Y)
        gradients = torch.autograd.grad(value, [x, getattr(loss, attribute)])
        put(f"{name}.loss", value), put(f"{name}.gradient0", gradients[0])
        put(f"{name}.gradient1", gradients[1].t() if transpose else gradients[1])

    for suffix, weight in [("", proxies), (".absent", proxies4)]:
        size = dict(num_classes=len(weight), embedding_size=5)
        classifier("pml.proxynca" + suffix, losses.ProxyNCALoss(**size), weight, "proxies", False)
        classifier("pml.proxyanchor" + suffix, losses.ProxyAnchorLoss(**size), weight, "proxies", False)
        classifier("pml.normface" + suffix, losses.NormalizedSoftmaxLoss(**size), weight, "W", True)
        classifier("pml.cosface" + suffix, losses.CosFaceLoss(**size), weight, "W", True)
        classifier("pml.arcface" + suffix, losses.ArcFaceLoss(**size), weight, "W", True)
    size = dict(num_classes=3, embedding_size=5)
    classifier("pml.arcface.wide", losses.ArcFaceLoss(margin=100, **size), proxies, "W", True)
    classifier("pml.softtriple", losses.SoftTripleLoss(centers_per_class=2, **size), centres, "fc", True)
    classifier("pml.subcenter", losses.SubCenterArcFaceLoss(sub_centers=2, **size), centres, "W", True)

    memory = losses.CrossBatchMemory(losses.SupConLoss(0.1), embedding_size=5, memory_size=8)
    for step in range(3):
        x = leaves(gen(6, 5, 0.37 + 0.02 * step, 1.3))
        check(f"pml.crossbatch.{step}", memory(x[0], Y), x)


def lightly_losses():
    from lightly import loss as losses

    views(losses.NTXentLoss(0.5), 1.5716225436, "lightly.ntxent.0.5")
    views(losses.NTXentLoss(0.1), 2.3211155029, "lightly.ntxent.0.1")
    views(losses.DCLLoss(0.1), 2.0353983098, "lightly.dcl")
    views(losses.DCLWLoss(0.1, 0.5), 2.7701900648, "lightly.dclw")
    views(losses.VICRegLoss(), 12.9012996424, "lightly.vicreg")
    views(losses.BarlowTwinsLoss(), 0.2922534745, "lightly.barlow")
    views(losses.NegativeCosineSimilarity(), -0.7707970928, "lightly.negativecosine")
    bank = losses.NTXentLoss(0.1, memory_bank_size=(4, 5))
    bank.memory_bank.bank = F.normalize(gen(4, 5, 0.53, 0.9))
    x = leaves(Z1, Z2)
    check("lightly.ntxent.bank", bank(x[0], x[1]), x)


def clip_losses():
    from open_clip.loss import ClipLoss, SigLipLoss

    normal = lambda f: lambda a, b: f(F.normalize(a), F.normalize(b))
    views(normal(lambda a, b: ClipLoss()(a, b, 1 / 0.07)), 2.1759535316, "openclip.clip")
    views(normal(lambda a, b: SigLipLoss()(a, b, torch.tensor(10.0), torch.tensor(-10.0))), 2.8549852240, "openclip.siglip")
    x = leaves(Z1, Z2, torch.tensor(10.0), torch.tensor(-10.0))
    check("openclip.siglip.learned", SigLipLoss()(F.normalize(x[0]), F.normalize(x[1]), x[2], x[3]), x)


def sentence_losses():
    from sentence_transformers.sentence_transformer import losses

    def ranking(name, inputs, expected=None, **options):
        loss = losses.MultipleNegativesRankingLoss(None, **options)
        x = leaves(*inputs)
        check(name, loss.compute_loss_from_embeddings(x, None), x, expected)

    symmetric = dict(directions=("query_to_doc", "doc_to_query"), partition_mode="per_direction")
    four = dict(directions=("query_to_doc", "query_to_query", "doc_to_query", "doc_to_doc"), partition_mode="joint")
    ranking("st.mnrl", [Z1, Z2], 2.4330036623)
    ranking("st.mnrl.symmetric", [Z1, Z2], 2.8965053151, **symmetric)
    ranking("st.mnrl.clip", [Z1, Z2], 2.1759535316, scale=1 / 0.07, **symmetric)
    ranking("st.mnrl.gte", [Z1, Z2], 4.9950605964, **four)
    ranking("st.mnrl.twodirections", [Z1, Z2], directions=("query_to_doc", "doc_to_query"))
    ranking("st.mnrl.hard", [Z1, Z2, H], 4.4697285400)
    ranking("st.mnrl.hard.gte", [Z1, Z2, H], **four)
    ranking("st.mnrl.hard.symmetric", [Z1, Z2, H], **symmetric)
    ranking("st.mnrl.hardness.inbatch", [Z1, Z2], 9.4099159003, hardness_mode="in_batch_negatives", hardness_strength=9.0)
    for mode in ["in_batch_negatives", "hard_negatives", "all_negatives"]:
        ranking(f"st.mnrl.hardness.{mode}", [Z1, Z2, H], hardness_mode=mode, hardness_strength=5.0)
    ranking("st.mnrl.q2q", [Z1, Z2], scale=2, directions=("query_to_doc", "query_to_query"))

    grades = torch.tensor([0.9, 0.1, 0.8, 0.2, 0.7, 0.3])
    ties = torch.tensor([0.9, 0.1, 0.9, 0.1, 0.5, 0.3])
    for name, labels, expected in [("", grades, 10.9508782257), (".ties", ties, None), (".equal", torch.ones(6), None)]:
        for kind, loss in [("cosent", losses.CoSENTLoss(None)), ("angle", losses.AnglELoss(None))]:
            x = leaves(Z1, Z2)
            value = loss.compute_loss_from_embeddings(x, labels)
            check(f"st.{kind}{name}", value, x, expected if kind == "cosent" else None)

    from sentence_transformers.sentence_transformer.losses.matryoshka import shrink
    loss, x = losses.MultipleNegativesRankingLoss(None), leaves(Z1, Z2)
    value = sum(w * loss.compute_loss_from_embeddings([shrink(t, d) for t in x], None) for d, w in [(5, 1.0), (3, 0.5)])
    check("st.matryoshka", value, x)


def formulas():
    cosine = lambda a, b: F.normalize(a) @ F.normalize(b).T
    itself = torch.eye(12, dtype=torch.bool)

    def simclr_tf(a, b, t=0.5):
        mask = torch.eye(6) * 1e9
        target = torch.arange(6)
        half = lambda p, q: F.cross_entropy(torch.cat([cosine(p, q) / t, cosine(p, p) / t - mask], 1), target)
        return half(a, b) + half(b, a)

    views(simclr_tf, 3.1432450871, "formula.simclr_tf")

    def supcontrast(labels, t, base, anchors=12):
        """SupContrast's loss in the words of its paper's equation 2, times t/base; `anchors`: the rows that count."""
        def loss(a, b):
            logits = (cosine(torch.cat([a, b]), torch.cat([a, b])) / t).masked_fill(itself, -torch.inf)
            positive = (labels[:, None] == labels[None, :]) & ~itself
            log_p = torch.log_softmax(logits, 1).masked_fill(~positive, 0)
            return -(t / base) * (log_p.sum(1) / positive.sum(1).clamp(min=1))[:anchors].mean()
        return loss

    twice = Y.repeat(2)
    views(supcontrast(twice, 0.1, 0.1), 10.0758027623, "formula.supcontrast.0.1.0.1")
    views(supcontrast(twice, 0.1, 0.07), 14.3940039462, "formula.supcontrast.0.1.0.07")
    views(supcontrast(twice, 0.07, 0.07), 14.0205782928, "formula.supcontrast.0.07.0.07")
    views(supcontrast(twice, 0.1, 0.1, anchors=6), 9.5627258047, "formula.supcontrast.one")
    views(supcontrast(INSTANCE, 0.5, 0.07), 11.2258753111, "formula.supcontrast.simclr")
    views(supcontrast(torch.tensor([0, 0, 1, 1, 1, 7, 0, 0, 1, 1, 1, 8]), 0.1, 0.1), None, "formula.supcontrast.lone")

    def sum_inside(a, b, t=0.1):
        logits = cosine(torch.cat([a, b]), torch.cat([a, b])) / t
        positive = (twice[:, None] == twice[None, :]) & ~itself
        inside = logits.masked_fill(~positive, -torch.inf).logsumexp(1)
        return (logits.masked_fill(itself, -torch.inf).logsumexp(1) - inside).mean()

    views(sum_inside, 2.2145874125, "formula.sololearn.supcon")

    def mean_inside(a, b, t=0.1):  # Khosla et al., equation 3
        logits = cosine(torch.cat([a, b]), torch.cat([a, b])) / t
        positive = (twice[:, None] == twice[None, :]) & ~itself
        inside = logits.masked_fill(~positive, -torch.inf).logsumexp(1) - positive.sum(1).log()
        return (logits.masked_fill(itself, -torch.inf).logsumexp(1) - inside).mean()

    views(mean_inside, None, "formula.supcon.in")

    def moco(q, k, t=0.07):
        queue = F.normalize(gen(4, 5, 0.53, 0.9))
        q, k = F.normalize(q), F.normalize(k.detach())
        logits = torch.cat([(q * k).sum(1, keepdim=True), q @ queue.T], 1) / t
        return F.cross_entropy(logits, torch.zeros(6, dtype=torch.long))

    x = leaves(Z1)
    check("formula.moco", moco(x[0], Z2), x, 2.8122940428)
    views(lambda a, b: F.cross_entropy(a @ b.T, torch.arange(6)), 1.1656781486, "formula.dot")

    def negatives(a, b, t):
        """exp of every row's 2N − 2 negatives [2N, 2N − 2], and of its positive [2N], as in Chuang's and Robinson's code."""
        out = F.normalize(torch.cat([a, b]))
        exponentials = (out @ out.T / t).exp()
        keep = (INSTANCE[:, None] != INSTANCE[None, :])
        positive = ((F.normalize(a) * F.normalize(b)).sum(1) / t).exp().repeat(2)
        return exponentials[keep].view(12, 10), positive

    def debiased(a, b, t=0.5, prior=0.1):
        negative, positive = negatives(a, b, t)
        count = negative.shape[1]
        total = (-prior * count * positive + negative.sum(1)) / (1 - prior)
        return -(positive / (positive + total.clamp(min=count * math.exp(-1 / t)))).log().mean()

    def hard(a, b, t=0.5, prior=0.1, beta=1.0):
        negative, positive = negatives(a, b, t)
        count = negative.shape[1]
        importance = (beta * negative.log()).exp()
        reweighted = (importance * negative).sum(1) / importance.mean(1)
        total = (-prior * count * positive + reweighted) / (1 - prior)
        return -(positive / (positive + total.clamp(min=count * math.exp(-1 / t)))).log().mean()

    views(debiased, None, "formula.debiased")
    views(lambda a, b: debiased(a, b, prior=0.6), None, "formula.debiased.bound")
    views(hard, None, "formula.hard")
    views(lambda a, b: hard(a, b, 0.3, 0.05, 0.5), None, "formula.hard.half")

    def neighbours(a, temperature, labels):
        distance = torch.cdist(a, a).square() if a.shape[0] == 0 else (a[:, None] - a[None, :]).square().sum(2)
        logits = (-distance / temperature).masked_fill(torch.eye(len(a), dtype=torch.bool), -torch.inf)
        same = (labels[:, None] == labels[None, :]) & ~torch.eye(len(a), dtype=torch.bool)
        return (logits.logsumexp(1) - logits.masked_fill(~same, -torch.inf).logsumexp(1)).mean()

    x = leaves(Z1)
    check("formula.softneighbor", neighbours(x[0], 2.0, Y), x)
    views(lambda a, b: (F.normalize(a) - F.normalize(b)).norm(dim=1).square().mean(), None, "formula.alignment")
    x = leaves(Z1)
    check("formula.uniformity", torch.pdist(F.normalize(x[0])).square().mul(-2).exp().mean().log(), x)

    # Gutmann & Hyvärinen's objective with sign reversed, for a model whose log density is 3·cos(a, x) + c.
    noise = gen(12, 5, 0.29, 0.7)
    def nce(a, b, n, c, ratio=2):
        score = lambda p, q: 3 * (F.normalize(p) * F.normalize(q)).sum(1) + c
        log_noise = -1.5
        g = lambda u: u - log_noise - math.log(ratio)
        return -(F.logsigmoid(g(score(a, b))).sum() + F.logsigmoid(-g(score(a.repeat(2, 1), n))).sum()) / len(a)
    x = leaves(Z1, Z2, noise, torch.tensor(-0.7))
    check("formula.nce", nce(*x), x)


metric_learning(), lightly_losses(), clip_losses(), sentence_losses(), formulas()
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, separators=(",", ":")).replace('},"', '},\n"') + "\n")
