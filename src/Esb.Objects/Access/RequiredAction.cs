using Esb.Objects.Requests;

namespace Esb.Objects.Access;

/// <summary>An action that an operation needs, for all of its requests or for some.</summary>
/// <param name="Name">The name without the service, such as <c>GetObject</c>.</param>
/// <param name="Moment">When it is checked.</param>
internal sealed record RequiredAction(string Name, ActionMoment Moment = ActionMoment.Arrival)
{
    /// <summary>
    /// Whether only requests that name a version need it, or only those that name none; null for both. For the source
    /// of a copy, it is the version of the source that counts.
    /// </summary>
    public bool? NamesVersion { get; init; }

    /// <summary>Whether the action is about the source of the copy, not about the target of the request.</summary>
    public bool IsOfSource { get; init; }

    /// <summary>The header of the answer that the action permits to read; null for none.</summary>
    public string? Tells { get; init; }

    /// <summary>Whether requests with these headers need it. The fields of a form count as headers.</summary>
    public Func<IHeaderDictionary, bool> AppliesTo { get; init; } = _ => true;

    /// <summary>The action if a request has one of the headers with a value.</summary>
    public static RequiredAction With(string name, params string[] headers) => new(name)
    {
        AppliesTo = sent => headers.Any(header => HeaderText.Has(sent, header)),
    };

    /// <summary>The name with the service, as it is compared with policies.</summary>
    public override string ToString() => $"s3:{Name}";

    public bool Applies(ActionMoment moment, IHeaderDictionary headers, string? version) =>
        Moment == moment && (NamesVersion ?? version is not null) == version is not null && AppliesTo(headers);
}
