using Chancery.Language.Encoding;
using Microsoft.ML.OnnxRuntime;

namespace Chancery.Models;

/// <summary>The encoder on ONNX Runtime: one graph for the words, a small one for the relations of chosen arcs.</summary>
internal sealed class OnnxEncoder : IEncoder, IDisposable
{
    private static readonly string[] Outputs = ["upos", "xpos", "arcs", "rel_dependent", "rel_head", "attr", "names"];
    private static readonly string[] Inputs = ["ids", "lengths"];
    private static readonly string[] RelationInputs = ["rel_dependent", "rel_head", "heads"];
    private static readonly string[] RelationOutputs = ["rel"];

    private readonly InferenceSession _words, _relations;
    private readonly RunOptions _run = new();

    public OnnxEncoder(ModelDescription description, byte[] words, byte[] relations)
    {
        Description = description;
        // One thread a run: the parallelism is over batches, where nothing waits for anything.
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            // Higher levels multiply by the 8-bit weights in 8 bits: hardly faster here, and scores move by a hundredth.
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_BASIC,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        _words = Open(words, options, "encoder.onnx");
        _relations = Open(relations, options, "relations.onnx");
        Check(_words, "encoder.onnx", Inputs, Outputs);
        Check(_relations, "relations.onnx", RelationInputs, RelationOutputs);
        CheckWidth(_words, "encoder.onnx", "upos", description.Upos.Count);
        CheckWidth(_words, "encoder.onnx", "xpos", description.Xpos.Count);
        CheckWidth(_words, "encoder.onnx", "names", description.Names.Count);
        CheckWidth(_words, "encoder.onnx", "attr", description.Attributions.Count);
        CheckWidth(_relations, "relations.onnx", "rel", description.Relations.Count);
    }

    public ModelDescription Description { get; }

    public EncoderScores Encode(EncoderBatch batch)
    {
        var windows = batch.Lengths.Length;
        long features = batch.Ids.Length / (batch.Time * windows);
        using var ids = OrtValue.CreateTensorValueFromMemory(batch.Ids, [batch.Time, windows, features]);
        using var lengths = OrtValue.CreateTensorValueFromMemory(batch.Lengths, [windows]);
        return new Scores(this, _words.Run(_run, Inputs, [ids, lengths], Outputs), windows * batch.Time);
    }

    public void Dispose()
    {
        _words.Dispose();
        _relations.Dispose();
        _run.Dispose();
    }

    private static InferenceSession Open(byte[] graph, SessionOptions options, string name)
    {
        try
        {
            return new(graph, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"{name}: not a graph that can be run ({e.Message}); the model is damaged, install it again.", e);
        }
    }

    private static void Check(InferenceSession session, string name, string[] inputs, string[] outputs)
    {
        if (inputs.Concat(outputs).FirstOrDefault(n => !session.InputMetadata.ContainsKey(n) && !session.OutputMetadata.ContainsKey(n)) is { } missing)
            throw new InvalidDataException($"{name}: has no '{missing}'; it is not a graph for this version of Chancery, take a model made for it.");
    }

    private static void CheckWidth(InferenceSession session, string name, string output, int expected)
    {
        var width = session.OutputMetadata[output].Dimensions[^1];
        if (width != expected)
            throw new InvalidDataException($"{name}: '{output}' has {width} values, model.json names {expected}; the files do not belong together, install the model again.");
    }

    private sealed class Scores(OnnxEncoder encoder, IDisposableReadOnlyCollection<OrtValue> values, int rows) : EncoderScores
    {
        private IDisposableReadOnlyCollection<OrtValue>? _relations;

        public override ReadOnlySpan<float> Upos => values[0].GetTensorDataAsSpan<float>();

        public override ReadOnlySpan<float> Xpos => values[1].GetTensorDataAsSpan<float>();

        public override ReadOnlySpan<float> Arcs => values[2].GetTensorDataAsSpan<float>();

        public override ReadOnlySpan<float> Attributions => values[5].GetTensorDataAsSpan<float>();

        public override ReadOnlySpan<float> Names => values[6].GetTensorDataAsSpan<float>();

        public override ReadOnlySpan<float> Relations(int[] heads)
        {
            _relations?.Dispose();
            using var dependents = Flat(values[3]);
            using var ends = Flat(values[4]);
            using var chosen = OrtValue.CreateTensorValueFromMemory(heads, [rows]);
            _relations = encoder._relations.Run(encoder._run, RelationInputs, [dependents, ends, chosen], RelationOutputs);
            return _relations[0].GetTensorDataAsSpan<float>();
        }

        protected override void Dispose(bool disposing)
        {
            values.Dispose();
            _relations?.Dispose();
        }

        /// <summary>The same numbers as rows × width, without a copy.</summary>
        private OrtValue Flat(OrtValue value)
        {
            var data = value.GetTensorMutableRawData();
            var width = value.GetTensorTypeAndShape().Shape[^1];
            unsafe
            {
                fixed (byte* first = data)
                    return OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, [rows, width], (nint)first, data.Length);
            }
        }
    }
}
