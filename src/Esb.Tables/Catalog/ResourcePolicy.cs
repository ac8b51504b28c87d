namespace Esb.Tables.Catalog;

/// <summary>
/// The resource policy of a table. It is only stored and returned; a policy that restricts access is refused.
/// </summary>
/// <param name="Document">The policy, a JSON document.</param>
/// <param name="Revision">Identifies the revision: the time of the change, in milliseconds.</param>
public sealed record ResourcePolicy(string Document, long Revision);
