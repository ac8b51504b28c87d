namespace Esb.Objects.Requests;

/// <summary>The level of a request's target.</summary>
internal enum Level
{
    Service,
    Bucket,
    Object,
}
