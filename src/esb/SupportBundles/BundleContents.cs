namespace Esb.Cli.SupportBundles;

/// <summary>The content of a support bundle, and what is missing in it.</summary>
/// <param name="Entries">The files, without secrets.</param>
/// <param name="Missing">The missing files, with the reason.</param>
internal sealed record BundleContents(IReadOnlyList<BundleEntry> Entries, IReadOnlyList<string> Missing);
