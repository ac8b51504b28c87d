namespace Esb.Testing.Servers;

/// <summary>How a server is started.</summary>
/// <param name="Program">Its executable.</param>
/// <param name="Arguments">The arguments for a port.</param>
/// <param name="Environment">
/// The environment for a port; the AWS settings of the caller's shell are always removed.
/// </param>
/// <param name="Folder">The working directory.</param>
public sealed record ServerStart(
    string Program,
    Func<int, IEnumerable<string>> Arguments,
    Func<int, IReadOnlyDictionary<string, string>> Environment,
    string? Folder = null);
