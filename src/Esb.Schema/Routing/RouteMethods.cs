namespace Esb.Schema.Routing;

/// <summary>
/// The methods that routes of API Gateway may have. Source: API Gateway API reference, "Method" and "CreateRoute".
/// </summary>
public static class RouteMethods
{
    /// <summary>In upper case; <c>ANY</c> stands for all.</summary>
    public static readonly IReadOnlyList<string> All =
        ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ANY"];

    /// <summary>Whether a text is one of them, in either case.</summary>
    public static bool IsKnown(string method) => All.Contains(method, StringComparer.OrdinalIgnoreCase);
}
