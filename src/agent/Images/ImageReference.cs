namespace Esb.Agent.Images;

/// <summary>
/// The parts of an image reference. Source: the distribution project's grammar of references, with Docker's defaults.
/// </summary>
/// <param name="Registry">host or host:port.</param>
/// <param name="Repository">Within the registry.</param>
/// <param name="Version">A tag, or a digest such as <c>sha256:…</c>.</param>
internal sealed record ImageReference(string Registry, string Repository, string Version)
{
    private const string DockerHub = "docker.io";

    /// <summary>
    /// Whether the text itself names a registry. An image without one is local: a look-up at Docker Hub would reveal
    /// the name of a function to strangers, and would run whatever somebody has published there under that name.
    /// </summary>
    public bool NamesRegistry { get; init; }

    public bool IsDigest => Version.Contains(':', StringComparison.Ordinal);

    public static ImageReference Parse(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var (name, version) = at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
        var slash = name.LastIndexOf('/');
        var colon = name.IndexOf(':', slash + 1);
        if (colon >= 0)
            (name, version) = (name[..colon], version.Length > 0 ? version : name[(colon + 1)..]);
        if (version.Length == 0)
            version = "latest";
        var first = name.IndexOf('/', StringComparison.Ordinal);
        // A first part that looks like a host name is the registry.
        if (first > 0 && (name[..first] == "localhost" || name.AsSpan(0, first).ContainsAny('.', ':')))
            return new ImageReference(name[..first], name[(first + 1)..], version) { NamesRegistry = true };
        return new ImageReference(DockerHub, first < 0 ? "library/" + name : name, version);
    }

    /// <summary>Why an image that is not on this machine cannot be pulled, and the remedy.</summary>
    public static string Missing(string image) =>
        $"the image {image} is not on this machine, and its name has no registry from which it could be fetched; "
            + $"deploy again, which builds it, or give its whole name, such as {Parse(image)}";

    /// <summary>The complete reference, as containerd names images.</summary>
    public override string ToString() => $"{Registry}/{Repository}{(IsDigest ? '@' : ':')}{Version}";
}
