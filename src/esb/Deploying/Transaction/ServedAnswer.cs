using Esb.Cli.Gateway;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>What is known of what a platform serves beside what stands in its files.</summary>
internal abstract record ServedAnswer;

/// <summary>Nothing: no gateway of this folder runs, and nothing is baked in.</summary>
internal sealed record NothingServed : ServedAnswer;

/// <summary>All of it.</summary>
/// <param name="Documents">The three files.</param>
/// <param name="Who">Who says so, for people.</param>
internal sealed record ServedInFull(ServedDocuments Documents, string Who) : ServedAnswer;

/// <summary>Something is served, but nobody says what stands in its files.</summary>
/// <param name="Reason">Why not.</param>
/// <param name="Functions">Names of the functions that are served, as far as they are told.</param>
/// <param name="Routes">The routes, as <c>METHOD /path</c>.</param>
internal sealed record ServedWithheld(string Reason, IReadOnlyList<string> Functions, IReadOnlyList<string> Routes) : ServedAnswer;
