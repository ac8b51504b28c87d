using Esb.Sam.Functions;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Linking;

/// <summary>
/// What a separate resource adds to a function: a URL, an alias or a schedule. The function may be in another template.
/// </summary>
/// <param name="Function">The name of the function.</param>
/// <param name="Resource">The resource, as the receipt names it.</param>
/// <param name="Property">The property that names the function.</param>
/// <param name="Place">The position of the resource.</param>
/// <param name="Add">Returns the function with the addition.</param>
internal sealed record Attachment(
    string Function,
    string Resource,
    string Property,
    Place Place,
    Func<SamFunction, SamFunction> Add)
{
    /// <summary>The URL that the resource adds to the function; null when it adds something else.</summary>
    public AttachedUrl? Url { get; init; }
}
