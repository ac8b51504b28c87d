using Esb.Cli.Bundles.Format;

namespace Esb.Cli.Documents;

/// <summary>A bundle: <c>esb bundle --json</c> and <c>esb bundle show --json</c>.</summary>
/// <param name="File">The file, as it was named.</param>
/// <param name="Sha256">The SHA-256 of the file, in hexadecimal.</param>
/// <param name="Size">The size of the file in bytes.</param>
/// <param name="Manifest">The manifest in the bundle.</param>
internal sealed record BundleDescription(string File, string Sha256, long Size, ManifestDocument Manifest);
