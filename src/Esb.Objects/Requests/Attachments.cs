namespace Esb.Objects.Requests;

/// <summary>What a request asks to attach to an object besides its content.</summary>
/// <param name="Tags">The tags.</param>
/// <param name="LockMode">The mode of retention; like every other value, null when the request does not set it.</param>
/// <param name="LockUntil">Until when the object is retained, as sent.</param>
/// <param name="LegalHold">The legal hold.</param>
internal sealed record Attachments(
    IReadOnlyCollection<KeyValuePair<string, string>> Tags,
    string? LockMode = null,
    string? LockUntil = null,
    string? LegalHold = null)
{
    public static readonly Attachments None = new([]);
}
