using Esb.Sam.Resolving;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// What an AWS firewall protects: an API, with an ARN such as
/// <c>arn:aws:apigateway:us-east-1::/restapis/ID/stages/STAGE</c>, or something else, such as a load balancer or a user
/// pool. Source: CloudFormation, "AWS::WAFv2::WebACLAssociation", ResourceArn.
/// </summary>
internal static class Firewall
{
    private static readonly string[] BeforeId = ["/restapis/", "/apis/"];

    /// <summary>Whether a resource type associates a firewall with something.</summary>
    public static bool Is(string type) =>
        type is "AWS::WAFv2::WebACLAssociation" or "AWS::WAFRegional::WebACLAssociation";

    /// <summary>Whether an association refers to an API or its target is unknown; true for all other types.</summary>
    /// <param name="type">The type of the resource.</param>
    /// <param name="properties">Its resolved properties.</param>
    /// <param name="resolver">The resolver of its template.</param>
    public static bool MayProtectApi(string type, YamlMapping properties, Resolver resolver)
    {
        if (!Is(type)
            || ResourceSet.Text(properties["ResourceArn"]) is not { } arn
            || arn.Contains("apigateway", StringComparison.OrdinalIgnoreCase))
            return true;
        // Resources of the template that ESB does not create are represented by their names.
        return arn.Split(':') is not ["arn", _, { Length: > 0 }, ..]
            && !resolver.Scope.Resources.Contains(arn.Split('.')[0]);
    }

    /// <summary>The API that an ARN names; null when the ARN names none.</summary>
    public static string? ApiOf(YamlMapping properties)
    {
        if (ResourceSet.Text(properties["ResourceArn"]) is not { } arn)
            return null;
        var before = Array.Find(BeforeId, b => arn.Contains(b, StringComparison.Ordinal));
        return before is null
            ? null
            : arn[(arn.IndexOf(before, StringComparison.Ordinal) + before.Length)..].Split('/')[0];
    }
}
