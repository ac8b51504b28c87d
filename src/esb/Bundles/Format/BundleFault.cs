namespace Esb.Cli.Bundles.Format;

/// <summary>A bundle cannot be used. The message gives the reason without the name of the file.</summary>
internal sealed class BundleFault(string message, string? help = null) : Exception(message)
{
    private const string DefaultHelp = "copy it again, and compare its checksum with the one that esb bundle printed";

    /// <summary>How to fix it.</summary>
    public string Help { get; } = help ?? DefaultHelp;
}
