namespace Esb.Cli.Bundles.Images;

/// <summary>An image of a bundle, under one of its names.</summary>
/// <param name="Name">Repository and tag.</param>
/// <param name="Config">The entry of its configuration, e.g. <c>images/blobs/sha256/…</c>.</param>
/// <param name="Layers">The entries of its layers, lowest first.</param>
internal sealed record BundledImage(string Name, string Config, IReadOnlyList<string> Layers)
{
    public const string Blobs = "images/blobs/sha256/";

    /// <summary>By which an engine that keeps no manifests knows it.</summary>
    public string Id => "sha256:" + Config[Blobs.Length..];
}
