using Esb.Sam.Functions;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Linking;

/// <summary>Something that a resource of its own says about a function, which may stand in another template: a URL, an alias, a schedule.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Resource">Who says it, as the receipt names it.</param>
/// <param name="Property">The property that names the function.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Add">The function with it.</param>
internal sealed record Attachment(string Function, string Resource, string Property, Place Place, Func<SamFunction, SamFunction> Add)
{
    /// <summary>The URL that it gives the function; null when it is something else.</summary>
    public AttachedUrl? Url { get; init; }
}

/// <summary>One URL of a function, of which the box serves one.</summary>
/// <param name="Url">The URL.</param>
/// <param name="Qualifier">The alias that it is of; null: the function itself.</param>
internal sealed record AttachedUrl(FunctionUrl Url, string? Qualifier);
