using Esb.Sam.Functions;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Linking;

/// <summary>Something that a resource of its own says about a function, which may stand in another template: a URL, an alias, a schedule.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Resource">Who says it, as the receipt names it.</param>
/// <param name="Property">The property that names the function.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Add">The function with it.</param>
internal sealed record Attachment(string Function, string Resource, string Property, Place Place, Func<SamFunction, SamFunction> Add);

/// <summary>A layer that a function asks for.</summary>
/// <param name="Written">As its reference says it: a name or an ARN.</param>
/// <param name="Resource">The function, as the receipt names it.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record WantedLayer(string Written, string Resource, Place Place)
{
    /// <summary>The layer's name: an ARN has it behind <c>layer</c>.</summary>
    public string Name => Written.StartsWith("arn:", StringComparison.Ordinal) ? Written.Split(':').ElementAtOrDefault(6) ?? Written : Written;
}
