namespace Esb.Cli.Bundles.Images;

/// <summary>An image of a bundle, under one of its names.</summary>
/// <param name="Name">The repository and the tag.</param>
/// <param name="Config">The entry of its configuration, such as <c>images/blobs/sha256/…</c>.</param>
/// <param name="Layers">The entries of its layers, lowest first.</param>
internal sealed record BundledImage(string Name, string Config, IReadOnlyList<string> Layers)
{
    public const string Blobs = "images/blobs/sha256/";

    /// <summary>The id of the image in an engine that stores no manifests.</summary>
    public string Id => "sha256:" + Config[Blobs.Length..];
}
