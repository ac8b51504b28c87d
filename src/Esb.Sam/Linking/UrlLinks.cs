using Esb.Sam.Functions;
using Esb.Sam.Receipts;

namespace Esb.Sam.Linking;

/// <summary>Function URLs with the permissions that open them, which may be in different templates.</summary>
/// <param name="permissions">The permissions of all templates.</param>
internal sealed class UrlLinks(IReadOnlyList<UrlPermission> permissions)
{
    private readonly HashSet<(string Function, string? Qualifier)> _open =
        [.. permissions.Where(p => p.Opens).Select(p => (p.Function, p.Qualifier))];

    /// <summary>
    /// Whether the URL of a separate resource is closed, because it needs no signature and no permission opens it.
    /// </summary>
    public bool Closes(Attachment attached) =>
        attached.Url is { } url && !url.Url.NeedsSignature && !_open.Contains((attached.Function, url.Qualifier));

    /// <summary>
    /// Whether the function's own URL is closed, because SAM creates no permission for it and no other one opens it.
    /// </summary>
    public bool Closes(SamFunction function) =>
        function.Url is { NeedsPermission: true, NeedsSignature: false }
            && !_open.Contains((function.Name, function.Aliases is [var alias, ..] ? alias : null));

    /// <summary>Returns a receipt line for each permission.</summary>
    /// <param name="functions">The functions before URLs of separate resources are added.</param>
    /// <param name="attachments">The attachments of all templates.</param>
    public IEnumerable<ReceiptLine> Lines(IEnumerable<SamFunction> functions, IEnumerable<Attachment> attachments)
    {
        var own = functions.Where(f => f.Url is not null).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var urls = attachments.Where(a => a.Url is not null).Select(a => (a.Function, a.Url!.Qualifier)).ToHashSet();
        foreach (var permission in permissions)
        {
            var isUsed = own.Contains(permission.Function)
                || urls.Contains((permission.Function, permission.Qualifier));
            yield return isUsed
                ? new ReceiptLine(permission.Resource, UrlPermission.Type, Outcome.Applied, "", permission.Place)
                : new ReceiptLine(
                    permission.Resource,
                    UrlPermission.Type,
                    Outcome.Ignored,
                    $"the URL of '{permission.Function}{(permission.Qualifier is { } alias ? ":" + alias : "")}' that "
                        + "it opens is neither in its own template nor in one nested with it",
                    permission.Place);
        }
    }
}
