using Esb.Cli.Gateway;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>What a platform serves, even if its files are missing from the folder.</summary>
internal abstract record ServedAnswer;

/// <summary>Nothing is served: no gateway of this folder runs, and nothing is baked in.</summary>
internal sealed record NothingServed : ServedAnswer;

/// <summary>The served configuration is known.</summary>
/// <param name="Documents">The three files.</param>
/// <param name="Who">The origin of the documents, for messages.</param>
internal sealed record ServedInFull(ServedDocuments Documents, string Who) : ServedAnswer;

/// <summary>Something is served, but its files cannot be obtained.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Functions">The names of the served functions, as far as known.</param>
/// <param name="Routes">The routes, as <c>METHOD /path</c>.</param>
internal sealed record ServedWithheld(string Reason, IReadOnlyList<string> Functions, IReadOnlyList<string> Routes)
    : ServedAnswer;
