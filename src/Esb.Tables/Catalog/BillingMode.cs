namespace Esb.Tables.Catalog;

/// <summary>How capacity is paid for. It is remembered and shown.</summary>
public enum BillingMode
{
    /// <summary>PROVISIONED.</summary>
    Provisioned,

    /// <summary>PAY_PER_REQUEST.</summary>
    PayPerRequest,
}
