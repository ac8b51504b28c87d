namespace Esb.Cli.Containers;

/// <summary>An image that can be started.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Reference">As it goes into <c>functions.yml</c>.</param>
/// <param name="Reused">It was there already.</param>
/// <param name="Took">How long a person waited for it.</param>
internal sealed record ReadyImage(string Function, string Reference, bool Reused, TimeSpan Took);
