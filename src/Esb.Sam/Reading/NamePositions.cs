namespace Esb.Sam.Reading;

/// <summary>
/// Where a template names something of its own: a resource, a parameter, a condition, a mapping, an authorizer. Keys
/// are kept as written, so references to them are kept too: there, <c>Yes</c> and <c>1.10</c> are names.
/// </summary>
internal static class NamePositions
{
    /// <summary>The number of leading items under a key that are names; a scalar counts as one item.</summary>
    /// <param name="key">The key.</param>
    /// <param name="owner">The key of the containing mapping.</param>
    public static int Under(string key, string owner) => key switch
    {
        "Ref" or "Fn::If" => 1,
        "Fn::GetAtt" => 2,
        "Fn::FindInMap" => 3,
        "DefaultAuthorizer" or "Authorizer" or "Condition" or "DependsOn" when !HasOwnKeys(owner) => int.MaxValue,
        _ => 0,
    };

    // The author chooses the keys of these mappings.
    private static bool HasOwnKeys(string mapping) =>
        mapping is "Variables" or "StageVariables" or "Parameters" or "Metadata" or "Tags";
}
