namespace Esb.AdminProtocol;

/// <summary>
/// The three files as they are served, byte for byte. They contain the environment variables of functions, so only the
/// gateway's own user and root receive them; for others <see cref="Message"/> gives the reason. The gateway's binary
/// prints the same document when it is called with <c>configuration</c>.
/// </summary>
public sealed record ServedFiles
{
    /// <summary>The hash of functions.yml and routing.yml.</summary>
    public string? Hash { get; init; }

    /// <summary>The folder that they were read from; empty when nothing is served.</summary>
    public string? Folder { get; init; }

    /// <summary>The folder that the gateway prefers, as its process sees it; null from an older gateway.</summary>
    public string? RuntimeFolder { get; init; }

    /// <summary>
    /// The identity of that folder, which does not depend on its path; null when the folder does not exist.
    /// </summary>
    public string? RuntimeIdentity { get; init; }

    /// <summary>functions.yml.</summary>
    public ReadOnlyMemory<byte>? Functions { get; init; }

    /// <summary>routing.yml.</summary>
    public ReadOnlyMemory<byte>? Routing { get; init; }

    /// <summary>resources.yml, which is not served but is beside them; empty when it does not exist.</summary>
    public ReadOnlyMemory<byte>? Resources { get; init; }

    /// <summary>Why the files are withheld; null when they are not.</summary>
    public string? Message { get; init; }
}
