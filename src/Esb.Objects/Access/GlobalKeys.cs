using System.Globalization;
using System.Net;

namespace Esb.Objects.Access;

/// <summary>
/// The condition keys of all services of AWS that requests to the store have. Source: IAM, "AWS global condition
/// context keys".
/// </summary>
internal static class GlobalKeys
{
    private static readonly Dictionary<string, ConditionKey> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["aws:CurrentTime"] = ConditionKey.Of(request =>
            request.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        ["aws:EpochTime"] = ConditionKey.Of(request =>
            request.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ["aws:PrincipalAccount"] = OfOwner(AccessRequest.Account),
        ["aws:PrincipalArn"] = OfOwner(AccessRequest.OwnerArn),
        ["aws:PrincipalIsAWSService"] = ConditionKey.Of(_ => "false"),
        ["aws:PrincipalType"] = ConditionKey.Of(request => request.IsAnonymous ? "Anonymous" : "Account"),
        ["aws:Referer"] = OfHeader("Referer"),
        ["aws:RequestedRegion"] = ConditionKey.Of(request => request.Region),
        ["aws:ResourceAccount"] = ConditionKey.Of(_ => AccessRequest.Account),
        // The connection does not leave the machine or its container network, so that a policy that demands TLS, as
        // nearly every template has one, is met.
        ["aws:SecureTransport"] = ConditionKey.Of(_ => "true"),
        ["aws:SourceIp"] = ConditionKey.Of(request =>
            request.Call.Http.Connection.RemoteIpAddress is { } address ? Text(address) : null),
        ["aws:UserAgent"] = OfHeader("User-Agent"),
        ["aws:userid"] = OfOwner(AccessRequest.Account),
        ["aws:ViaAWSService"] = ConditionKey.Of(_ => "false"),
    };

    /// <summary>Finds a key by its name; null if requests do not have it.</summary>
    public static ConditionKey? Find(string name) => Known.GetValueOrDefault(name);

    // Of the request itself: a form may have fields of any name.
    private static ConditionKey OfHeader(string name) => ConditionKey.Of(request =>
        request.Call.Http.Request.Headers[name].ToString() is { Length: > 0 } value ? value : null);

    private static ConditionKey OfOwner(string value) =>
        ConditionKey.Of(request => request.IsAnonymous ? null : value);

    private static string Text(IPAddress address) =>
        (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
