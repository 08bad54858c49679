namespace Chancery.Models;

/// <summary>The files of a model, from this assembly or from a folder.</summary>
internal sealed class ModelFiles(string? folder)
{
    private const long Largest = 2L << 30;

    public byte[] Bytes(string name)
    {
        using var stream = Open(name);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public string Text(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }

    private Stream Open(string name)
    {
        if (folder is null)
        {
            return typeof(ModelFiles).Assembly.GetManifestResourceStream("models/en/" + name)
                ?? throw new InvalidDataException($"{name}: not in this build; build from a complete checkout.");
        }
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            throw new InvalidDataException($"{path}: not there; the model is incomplete, install it again.");
        var stream = File.OpenRead(path);
        if (stream.Length <= Largest)
            return stream;
        stream.Dispose();
        throw new InvalidDataException($"{path}: larger than 2 GiB, which no model of this format is; install it again.");
    }
}
