using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.OpenApi;

/// <summary>What the <c>security</c> of an operation, or of its definition, requires.</summary>
/// <param name="Authorizer">The authorizer, in the form of routing.yml; null when everybody may call.</param>
internal sealed record OpenApiRequirement(YamlMapping? Authorizer)
{
    public static readonly OpenApiRequirement Open = new((YamlMapping?)null);

    /// <summary>The reason why the requirement cannot be honoured, with its position; null when it can.</summary>
    public (string Reason, YamlNode At)? Closed { get; private init; }

    public static OpenApiRequirement Of(YamlMapping authorizer) => new(authorizer);

    public static OpenApiRequirement Closing(string reason, YamlNode at) =>
        new(AuthorizerForm.Closed(reason)) { Closed = (reason, at) };
}
