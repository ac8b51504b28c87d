using Esb.Sam.Resolving;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// What a firewall of AWS stands before: an API, by an ARN such as <c>arn:aws:apigateway:us-east-1::/restapis/ID/stages/STAGE</c>, or something else that has
/// such rules, as load balancers and user pools. Source: CloudFormation, "AWS::WAFv2::WebACLAssociation", ResourceArn.
/// </summary>
internal static class Firewall
{
    private static readonly string[] BeforeId = ["/restapis/", "/apis/"];

    /// <summary>Whether it is the type of such a resource.</summary>
    public static bool Is(string type) => type is "AWS::WAFv2::WebACLAssociation" or "AWS::WAFRegional::WebACLAssociation";

    /// <summary>Whether a resource is one of an API, or nobody knows; true for all other types.</summary>
    /// <param name="type">The resource's type.</param>
    /// <param name="properties">Resolved.</param>
    /// <param name="resolver">Of its template.</param>
    public static bool Means(string type, YamlMapping properties, Resolver resolver)
    {
        if (!Is(type) || ResourceSet.Text(properties["ResourceArn"]) is not { } arn || arn.Contains("apigateway", StringComparison.OrdinalIgnoreCase))
            return true;
        // A resource of the template that the box does not make stands there by its name.
        return arn.Split(':') is not ["arn", _, { Length: > 0 }, ..] && !resolver.Scope.Resources.Contains(arn.Split('.')[0]);
    }

    /// <summary>The API of an ARN; null when it names none.</summary>
    public static string? ApiOf(YamlMapping properties)
    {
        if (ResourceSet.Text(properties["ResourceArn"]) is not { } arn)
            return null;
        var before = Array.Find(BeforeId, b => arn.Contains(b, StringComparison.Ordinal));
        return before is null ? null : arn[(arn.IndexOf(before, StringComparison.Ordinal) + before.Length)..].Split('/')[0];
    }
}
