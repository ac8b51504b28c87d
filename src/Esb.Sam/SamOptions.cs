namespace Esb.Sam;

/// <summary>What a template is read with.</summary>
public sealed record SamOptions
{
    /// <summary>Values for the template's parameters, by name.</summary>
    public IReadOnlyDictionary<string, string> ParameterOverrides { get; init; } = new Dictionary<string, string>();

    /// <summary><c>AWS::Region</c>.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary><c>AWS::StackName</c>.</summary>
    public string StackName { get; init; } = "esb";
}
