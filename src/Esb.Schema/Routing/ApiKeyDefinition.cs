namespace Esb.Schema.Routing;

/// <summary>A key that clients send as <c>x-api-key</c>, with the limits of its usage plan.</summary>
/// <param name="Name">Its name, by which deploys replace it; also its id in events.</param>
/// <param name="Value">The key itself; null when it stands in a variable.</param>
/// <param name="ValueVariable">The environment variable of the gateway that holds the key; null when the key stands in the file.</param>
/// <param name="Rate">Requests per second; null for no bound.</param>
/// <param name="Burst">Requests at once; null: as many as <paramref name="Rate"/>.</param>
/// <param name="Quota">Requests per period; null for no bound.</param>
/// <param name="Apis">The APIs that it opens; null means every one, an empty list none.</param>
public sealed record ApiKeyDefinition(
    string Name,
    string? Value,
    string? ValueVariable,
    double? Rate,
    int? Burst,
    ApiKeyQuota? Quota,
    IReadOnlyList<OpenedApi>? Apis)
{
    /// <summary>The application that it belongs to, whose APIs it opens; null: those of every application.</summary>
    public string? Application { get; init; }

    /// <summary>Whether it opens anything; one that is switched off is known and refused.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether there is an API that it may open.</summary>
    public bool OpensSomething => Enabled && (Apis is null || Apis.Count > 0);

    /// <summary>Whether it opens the routes of an API. Nothing else decides this.</summary>
    /// <param name="api">What the route says about its API.</param>
    /// <param name="stage">The route's stage, also where the file says none.</param>
    public bool Opens(RouteApi api, string stage)
    {
        ArgumentNullException.ThrowIfNull(api);
        if (!Enabled || (Application is not null && Application != api.Application))
            return false;
        if (Apis is null)
            return true;
        foreach (var opened in Apis)
        {
            if (opened.Api == api.Name && (opened.Stage is null || opened.Stage == stage))
                return true;
        }

        return false;
    }

    /// <summary>Everything but the secret: what is printed of a record must never hold it.</summary>
    public override string ToString() => $"{nameof(ApiKeyDefinition)} {{ Name = {Name} }}";
}

/// <summary>How many requests a key has in a period.</summary>
/// <param name="Limit">Requests.</param>
/// <param name="Period">How long they must last.</param>
/// <param name="Offset">So many fewer in the first period.</param>
public sealed record ApiKeyQuota(int Limit, QuotaPeriod Period, int Offset = 0);

/// <summary>The periods of API Gateway's quotas; each begins at midnight UTC, weeks on Monday, months on their first day.</summary>
public enum QuotaPeriod
{
    /// <summary>A day.</summary>
    Day,

    /// <summary>A week.</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,
}
