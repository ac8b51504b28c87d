using Esb.Sam.Functions;
using Esb.Sam.Receipts;

namespace Esb.Sam.Linking;

/// <summary>URLs of functions with the permissions that open them, which may stand in different templates.</summary>
/// <param name="permissions">Of all templates.</param>
internal sealed class UrlLinks(IReadOnlyList<UrlPermission> permissions)
{
    private readonly HashSet<(string Function, string? Qualifier)> _open = [.. permissions.Where(p => p.Opens).Select(p => (p.Function, p.Qualifier))];

    /// <summary>Whether nobody may call a URL that asks for no signature.</summary>
    public bool Closes(Attachment attached) =>
        attached.Url is { } url && !url.Url.NeedsSignature && !_open.Contains((attached.Function, url.Qualifier));

    /// <summary>What became of each permission.</summary>
    /// <param name="functions">Before URLs of resources are added.</param>
    /// <param name="attachments">Of all templates.</param>
    public IEnumerable<ReceiptLine> Lines(IEnumerable<SamFunction> functions, IEnumerable<Attachment> attachments)
    {
        var own = functions.Where(f => f.Url is not null).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var urls = attachments.Where(a => a.Url is not null).Select(a => (a.Function, a.Url!.Qualifier)).ToHashSet();
        foreach (var permission in permissions)
        {
            var isUsed = own.Contains(permission.Function) || urls.Contains((permission.Function, permission.Qualifier));
            yield return isUsed
                ? new ReceiptLine(permission.Resource, UrlPermission.Type, Outcome.Applied, "", permission.Place)
                : new ReceiptLine(permission.Resource, UrlPermission.Type, Outcome.Ignored, $"the URL of '{permission.Function}{(permission.Qualifier is { } alias ? ":" + alias : "")}' that it opens is neither in its own template nor in one nested with it", permission.Place);
        }
    }
}
