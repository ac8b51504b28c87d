namespace Esb.Cli.Containers;

/// <summary>An image that can be started.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Reference">The reference for <c>functions.yml</c>.</param>
/// <param name="Reused">Whether it already existed.</param>
/// <param name="Took">How long it took to provide the image.</param>
internal sealed record ReadyImage(string Function, string Reference, bool Reused, TimeSpan Took);
