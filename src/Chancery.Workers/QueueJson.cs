using System.Text.Json.Serialization;

namespace Chancery.Workers;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(QueuedDocument))]
[JsonSerializable(typeof(DeadDocument))]
[JsonSerializable(typeof(WorkerStatus))]
[JsonSerializable(typeof(Tries))]
internal sealed partial class QueueJson : JsonSerializerContext;
