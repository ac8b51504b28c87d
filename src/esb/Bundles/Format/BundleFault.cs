namespace Esb.Cli.Bundles.Format;

/// <summary>A file is not a bundle that can be used; the message says why, without the file's name.</summary>
internal sealed class BundleFault(string message, string? help = null) : Exception(message)
{
    private const string Usual = "copy it again, and compare its sum with what esb bundle printed";

    /// <summary>What would be right.</summary>
    public string Help { get; } = help ?? Usual;
}
