namespace Esb.Objects.Serving;

/// <summary>The level of a request's target.</summary>
internal enum Level
{
    Service,
    Bucket,
    Object,
}
